import { Key, STATUS_PATH } from './key';
import { skewOf } from './skew';
import type { AnswerPage, ChatCompletion, DemoLoad, ErrorBody, ListOf, Status, StreamStatus } from '../wire';

/** A refusal in the server's own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 5000;
const ASK_TIMEOUT_MS = 30_000;

let skewSeconds = 0;

/** Seconds to add to the server's clock to get the browser's. */
export const clockSkew = (): number => skewSeconds;

/** The key that every request of this page carries. */
export const apiKey = new Key(sessionStorage);

/** Sends with the key; without one that the server wants, it is not bothered. */
async function send(path: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<Response> {
  if (apiKey.isWanted) {
    throw new ApiError(401, 'This server wants an API key.');
  }

  const response = await fetch(path, { ...apiKey.sign(init), cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
  apiKey.answered(path, response.status);
  return response;
}

async function call<T>(path: string, init: RequestInit = {}, timeoutMs = TIMEOUT_MS): Promise<T> {
  const response = await send(path, init, timeoutMs);
  skewSeconds = skewOf(response.headers.get('date'), Date.now());
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null;
    throw new ApiError(response.status, body?.error?.message ?? `The server answered ${response.status}.`);
  }

  return (await response.json()) as T;
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const streamPath = (id: string): string => `/v1/streams/${encodeURIComponent(id)}`;

export const framePath = (id: string, stamp: number): string => `${streamPath(id)}/frame.jpg?ts=${stamp}`;

export const getStatus = (): Promise<Status> => call(STATUS_PATH);

export const getStreams = (): Promise<ListOf<StreamStatus>> => call('/v1/streams');

export const getAnswers = (id: string, after: number, limit: number): Promise<AnswerPage> =>
  call(`${streamPath(id)}/answers?after=${after}&limit=${limit}`, { headers: { accept: 'application/json' } });

export const getLoad = (): Promise<DemoLoad> => call('/demo/load');

export const putLoad = (asksPerSecond: number): Promise<DemoLoad> => call('/demo/load', json('PUT', { asks_per_second: asksPerSecond }));

/** The camera's current frame as a data URL. */
export async function getFrame(id: string, stamp: number): Promise<string> {
  const response = await send(framePath(id, stamp));
  if (!response.ok) {
    throw new ApiError(response.status, `No frame of ${id} yet.`);
  }

  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('The frame could not be read.'));
    reader.readAsDataURL(blob);
  });
}

/** Asks about an image; a budget of null leaves the choice to the server. */
export function ask(model: string, image: string, question: string, budget: number | null): Promise<ChatCompletion> {
  const body = {
    model,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: question },
          { type: 'image_url', image_url: { url: image } },
        ],
      },
    ],
    ...(budget === null ? {} : { deltaedge: { budget } }),
  };
  return call('/v1/chat/completions', json('POST', body), ASK_TIMEOUT_MS);
}
