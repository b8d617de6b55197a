// GitHub's own library for the receivers of its webhooks.
import { randomUUID } from 'node:crypto';
import * as github from '@octokit/webhooks-methods';

export async function verify(secret, headers, rawBody) {
  const body = rawBody.toString('utf8');
  if (!(await github.verify(secret, body, headers['x-hub-signature-256']))) {
    throw new Error('the signature does not match');
  }
  return { id: headers['x-github-delivery'], type: headers['x-github-event'], payload: JSON.parse(body) };
}

export const sign = async (secret, body) => ({
  headers: {
    'X-GitHub-Event': 'push',
    'X-GitHub-Delivery': randomUUID(),
    'X-Hub-Signature-256': await github.sign(secret, body),
  },
});
