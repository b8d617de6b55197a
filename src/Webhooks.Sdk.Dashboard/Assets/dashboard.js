// Everything here is a nicety: every form and link works without it. It adds changes without a reload, dialogs, copying, relative times, and news
// while somebody looks at the page. The server sends whole pages; what is marked data-live is taken from them.
'use strict';
(() => {
  const parse = html => new DOMParser().parseFromString(html, 'text/html');
  const said = new WeakMap();                       // what the server said an element is, before the script touched it
  const remember = root => root.querySelectorAll('[data-live], [data-live] [data-key]').forEach(e => said.set(e, e.outerHTML));
  const announce = text => { document.getElementById('live').textContent = text; };

  // Times: "3 minutes ago", the whole time as a tool tip, in the reader's own zone and language.
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  function showTimes() {
    for (const time of document.querySelectorAll('time')) {
      const at = new Date(time.dateTime), seconds = Math.round((at - Date.now()) / 1000);
      if (Math.abs(seconds) > 30 * 86400) { time.textContent = whole.format(at); continue; }
      const [unit, length] = units.find(u => Math.abs(seconds) >= u[1]) ?? units[3];
      time.title = whole.format(at);
      time.textContent = unit === 'second' && Math.abs(seconds) < 10 ? (seconds > 0 ? 'in a moment' : 'just now') : relative.format(Math.trunc(seconds / length), unit);
    }
  }

  // Somebody is in the middle of something there: leave it alone.
  const isInUse = e => e.contains(document.activeElement) || e.querySelector('details[open]:not(.code)') !== null
    || (!getSelection().isCollapsed && e.contains(getSelection().anchorNode));

  function replace(old, fresh, force) {
    if (said.get(old) === fresh.outerHTML || (!force && isInUse(old))) return;
    const focus = old.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    const copy = document.importNode(fresh, true);
    old.replaceWith(copy);
    said.set(copy, fresh.outerHTML);
    if (focus) copy.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }

  // Lines keep their places and what is open in them; new ones come in, old ones go.
  function replaceLines(old, fresh, force) {
    const lines = new Map([...old.children].map(e => [e.dataset.key, e]));
    let before = null, isNew = 0;
    for (const line of fresh.children) {
      const there = lines.get(line.dataset.key);
      let place = there;
      if (there) {
        lines.delete(line.dataset.key);
        replace(there, line, force);
        place = [...old.children].find(e => e.dataset.key === line.dataset.key);
      } else {
        place = document.importNode(line, true);
        said.set(place, line.outerHTML);
        isNew++;
      }
      const next = before ? before.nextElementSibling : old.firstElementChild;
      if (next !== place) old.insertBefore(place, next);
      before = place;
    }
    for (const gone of lines.values()) if (force || !isInUse(gone)) gone.remove();
    if (isNew && old.dataset.news) announce(`${old.dataset.news}: ${isNew}`);
  }

  function take(page, force) {
    for (const old of document.querySelectorAll('[data-live][id]')) {
      const fresh = page.getElementById(old.id);
      if (!fresh || (old.id === 'notice' && !force)) continue;
      if (old.hasAttribute('data-keyed')) replaceLines(old, fresh, force); else replace(old, fresh, force);
    }
    showTimes();
  }

  // News, while somebody looks.
  const every = Number(document.body.dataset.refresh), isStill = document.body.hasAttribute('data-still');
  let isAsking = false;
  async function ask() {
    if (isAsking || document.hidden || document.querySelector('dialog[open], [aria-busy="true"]')) return;
    isAsking = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (answer.ok && !answer.redirected) take(parse(await answer.text()), false);
    } catch { /* the next time */ } finally { isAsking = false; }
  }
  if (!isStill && every > 0) { setInterval(ask, every); document.addEventListener('visibilitychange', ask); }

  // A change without a reload: the answer is the page that the redirect leads to.
  document.addEventListener('submit', async event => {
    const form = event.target;
    if (!form.hasAttribute('data-quick') || form.ariaBusy === 'true') return;
    event.preventDefault();
    form.ariaBusy = 'true';
    if (form.dataset.busy) announce(form.dataset.busy);
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      const page = parse(await answer.text());
      if (!answer.ok || new URL(answer.url).pathname !== location.pathname) { location.assign(answer.url); return; }
      take(page, true);
      if (form.dataset.busy) { history.replaceState(null, '', answer.url); announce(''); }
    } catch { form.submit(); } finally { form.ariaBusy = 'false'; }
  });

  document.addEventListener('click', async event => {
    const copy = event.target.closest('[data-copy]');
    if (copy) {
      await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
      copy.textContent = 'Copied';
      announce('Copied');
      return;
    }
    const close = event.target.closest('dialog [data-close]');
    if (close) { event.preventDefault(); close.closest('dialog').close(); return; }
    const opener = event.target.closest('a[data-dialog]');
    if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      try {
        const question = parse(await (await fetch(opener.href)).text()).querySelector('[data-confirm]');
        const dialog = document.createElement('dialog');
        dialog.setAttribute('aria-labelledby', 'question');
        dialog.append(document.importNode(question, true));
        document.body.append(dialog);
        dialog.addEventListener('close', () => { dialog.remove(); opener.closest('details')?.querySelector('summary').focus(); });
        opener.closest('details')?.removeAttribute('open');
        dialog.showModal();
        dialog.querySelector('[data-close]').focus();
      } catch { location.assign(opener.href); }
    }
    for (const menu of document.querySelectorAll('.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && event.target.closest('.menu[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });

  // A line that opens shows its attempts, fetched when they are asked for.
  document.addEventListener('toggle', async event => {
    const line = event.target;
    if (!line.open || !line.dataset?.src) return;
    try {
      const inside = parse(await (await fetch(line.dataset.src)).text()).getElementById('delivery');
      inside.removeAttribute('id');
      inside.removeAttribute('data-live');
      line.querySelector('.fold').replaceChildren(document.importNode(inside, true), line.querySelector('.fold > p'));
      showTimes();
    } catch { /* the link inside leads there too */ }
  }, true);

  remember(document);
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = !navigator.clipboard;
  document.querySelector('[data-autofocus]')?.focus();
  const url = new URL(location.href);
  if (url.searchParams.delete('done'), url.searchParams.delete('count'), url.href !== location.href) history.replaceState(null, '', url);
  showTimes();
  setInterval(showTimes, 10000);
})();
