const TOLERATED_MS = 2000;

/**
 * Seconds to add to the server's clock to get the browser's, from a response's Date header, which counts whole seconds. Clocks
 * that agree within that and a slow reply need nothing.
 */
export function skewOf(dateHeader: string | null, nowMs: number): number {
  const serverMs = dateHeader === null ? NaN : Date.parse(dateHeader);
  const gapMs = nowMs - serverMs;
  return Number.isNaN(gapMs) || Math.abs(gapMs) <= TOLERATED_MS ? 0 : gapMs / 1000;
}
