import { describe, expect, test } from 'vitest';
import {
  budgetAtHeight,
  deadlineUse,
  DEFAULT_LADDER,
  explainPlan,
  formatAgainst,
  formatAgo,
  formatMs,
  formatRate,
  formatShare,
  percentile,
  rungColour,
  rungHeight,
  rungOf,
} from '../src/figures';

describe('percentile', () => {
  test('of nothing is unknown', () => expect(percentile([], 0.95)).toBeNull());
  test('of one value is that value', () => expect(percentile([7], 0.5)).toBe(7));
  test('takes the nearest rank of unsorted values', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile(values, 0)).toBe(1);
    expect(percentile(values, 1)).toBe(100);
  });
  test('leaves its input as it was', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('rungs', () => {
  test.each([
    [576, 0],
    [144, 1],
    [100, 2],
    [1, 6],
    [0, 6],
  ])('budget %i is on rung %i', (budget, rung) => expect(rungOf(budget)).toBe(rung));

  test('every rung is one even step on the axis', () => {
    expect(DEFAULT_LADDER.map((b) => rungHeight(b))).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });
  test('a mean between rungs lies between them, by logarithm', () => expect(rungHeight(288)).toBeCloseTo(5.5));
  test('the axis stays inside the ladder', () => {
    expect(rungHeight(10_000)).toBe(6);
    expect(rungHeight(0)).toBe(0);
  });
  test('a height names its budget, a half height none', () => {
    expect(budgetAtHeight(5)).toBe(144);
    expect(budgetAtHeight(4.5)).toBeUndefined();
    expect(budgetAtHeight(7)).toBeUndefined();
  });
  test('colours run from first to last on any ladder', () => {
    expect([576, 1].map((b) => rungColour(b))).toEqual([0, 6]);
    expect([64, 4].map((b) => rungColour(b, [64, 4]))).toEqual([0, 6]);
    expect(rungColour(9, [9])).toBe(0);
  });
});

describe('wording', () => {
  test.each([
    [4.21, '4.2 ms'],
    [212.4, '212 ms'],
    [1234, '1.23 s'],
    [12_345, '12.3 s'],
  ])('%d ms reads %s', (ms, text) => expect(formatMs(ms)).toBe(text));

  test.each([
    [null, '–'],
    [1, '100 %'],
    [0.9999, '99.9 %'],
    [0.5, '50.0 %'],
    [0, '0.0 %'],
  ])('a share of %s reads %s', (share, text) => expect(formatShare(share)).toBe(text));

  test.each([
    [0, '0'],
    [1.5, '1.50'],
    [12.34, '12.3'],
    [123.4, '123'],
  ])('%d a second reads %s', (rate, text) => expect(formatRate(rate)).toBe(text));

  test.each([
    [-1, '0 s'],
    [30, '30 s'],
    [60, '1 min'],
    [90, '90 s'],
    [120, '2 min'],
  ])('%d seconds ago reads %s', (seconds, text) => expect(formatAgo(seconds)).toBe(text));

  test.each([
    [104.6, 500, '105 / 500 ms'],
    [1234, 300, '1.23 / 0.3 s'],
    [260, 5000, '0.26 / 5 s'],
  ])('%d of %d ms reads %s', (ms, allowed, text) => expect(formatAgainst(ms, allowed)).toBe(text));

  test('a reason the page does not know is shown as it is', () => expect(explainPlan('quota')).toBe('quota'));
});

describe('deadline', () => {
  test('within it', () => expect(deadlineUse(150, 300)).toEqual({ share: 0.5, over: false }));
  test('past it the bar is full and says so', () => expect(deadlineUse(301, 300)).toEqual({ share: 1, over: true }));
  test('none at all', () => expect(deadlineUse(10, 0)).toEqual({ share: 0, over: false }));
});
