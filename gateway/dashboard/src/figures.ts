/** Arithmetic and wording of the page. Pure: no DOM, no clock, no network. */

import type { AnswerInfo } from './wire';

export const DEFAULT_LADDER: readonly number[] = [576, 144, 64, 36, 16, 4, 1];

/** Nearest-rank percentile of unsorted values; null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) {
    return null;
  }

  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1]!;
}

/** Rung of a budget: 0 is the richest. The nearest poorer rung if it is not on the ladder. */
export function rungOf(budget: number, ladder: readonly number[] = DEFAULT_LADDER): number {
  const rung = ladder.findIndex((b) => b <= budget);
  return rung < 0 ? ladder.length - 1 : rung;
}

/**
 * Height of a budget on an axis with one even step per rung, the poorest at 0. Between rungs it runs with the logarithm, so
 * that a mean of several budgets has a place.
 */
export function rungHeight(budget: number, ladder: readonly number[] = DEFAULT_LADDER): number {
  const top = ladder.length - 1;
  if (budget >= ladder[0]!) {
    return top;
  }

  if (budget <= ladder[top]!) {
    return 0;
  }

  const below = rungOf(budget, ladder);
  const [rich, poor] = [ladder[below - 1]!, ladder[below]!];
  return top - below + Math.log(budget / poor) / Math.log(rich / poor);
}

/** The budget at a whole height of that axis. */
export function budgetAtHeight(height: number, ladder: readonly number[] = DEFAULT_LADDER): number | undefined {
  return Number.isInteger(height) ? ladder[ladder.length - 1 - height] : undefined;
}

/** Which of seven colours a budget has, whatever the ladder's length: 0 richest, 6 poorest. */
export function rungColour(budget: number, ladder: readonly number[] = DEFAULT_LADDER): number {
  const last = ladder.length - 1;
  return last === 0 ? 0 : Math.round((6 * rungOf(budget, ladder)) / last);
}

export function formatMs(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** "105 / 500 ms": what was taken of what was allowed, in one unit. */
export function formatAgainst(ms: number, allowedMs: number): string {
  return Math.max(ms, allowedMs) < 1000
    ? `${Math.round(ms)} / ${allowedMs} ms`
    : `${(ms / 1000).toFixed(2)} / ${(allowedMs / 1000).toFixed(allowedMs % 1000 === 0 ? 0 : 1)} s`;
}

/** 0.9944 is "99.4 %"; it never rounds up to a perfect 100. */
export function formatShare(share: number | null): string {
  if (share === null) {
    return '–';
  }

  const tenths = Math.floor(share * 1000 + 1e-9);
  return tenths >= 1000 ? '100 %' : `${(tenths / 10).toFixed(1)} %`;
}

export function formatRate(perSecond: number): string {
  return perSecond >= 100 ? `${Math.round(perSecond)}` : perSecond >= 10 ? perSecond.toFixed(1) : perSecond.toFixed(perSecond === 0 ? 0 : 2);
}

export function formatAgo(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole >= 60 && whole % 60 === 0 ? `${whole / 60} min` : `${whole} s`;
}

/** From the capture of the frame that an answer is for to the answer, ms; a gated one is an older frame's, given again. */
export function answerAge(info: Pick<AnswerInfo, 'capture_age_ms' | 'gated_age_ms'>): number {
  return info.capture_age_ms - (info.gated_age_ms ?? 0);
}

/** Share of the deadline that was used, for a bar: at most 1, and whether it went over. */
export function deadlineUse(ageMs: number, deadlineMs: number): { share: number; over: boolean } {
  const share = deadlineMs > 0 ? ageMs / deadlineMs : 0;
  return { share: Math.min(1, Math.max(0, share)), over: share > 1 };
}

/** Why a plan is what it is, in words. */
export function explainPlan(reason: string): string {
  switch (reason) {
    case 'saturated':
      return 'saturated: even the smallest budget is too much';
    case 'steady':
      return 'steady: the load fits';
    case 'load':
      return 'stepped down: more load than fits';
    case 'latency':
      return 'stepped down: p95 near the deadline';
    case 'recovery':
      return 'stepping up: the load has gone';
    case 'blind':
      return 'no worker reports: the last plan stands';
    default:
      return reason;
  }
}
