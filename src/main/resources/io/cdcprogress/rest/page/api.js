// Requests to the worker that served this page; relative, so that they also go through a proxy with a path of its own.

const BASE = new URL('../api/v1/monitoring/', import.meta.url);
const PATIENCE_MS = 8000;

/** An answer that is none: its status (0 without any), in the server's words, and when to ask again. */
export class ApiError extends Error {
  constructor(status, message, retryAfterMs = null) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

export async function read(...path) {
  let response;
  try {
    response = await fetch(new URL(path.map(encodeURIComponent).join('/'), BASE), {
      cache: 'no-store',
      headers: { Accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) {
      return await response.json();
    }
  } catch (error) {
    const late = error.name === 'TimeoutError';
    throw new ApiError(0, late ? `no answer within ${PATIENCE_MS / 1000} s` : 'the worker cannot be reached');
  }
  const retryAfter = Number(response.headers.get('Retry-After'));
  const body = await response.json().catch(() => ({}));
  throw new ApiError(
    response.status, body.message ?? `HTTP status ${response.status}`, retryAfter > 0 ? retryAfter * 1000 : null);
}
