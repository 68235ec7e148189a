import { describe, expect, test } from 'vitest';
import { Rolling, type Sample } from '../src/data/rolling';
import { skewOf } from '../src/data/skew';

const sample = (at: number, change: Partial<Sample> = {}): Sample => ({
  at,
  budget: 144,
  ageMs: 100,
  deadlineMs: 500,
  slaClass: 'default',
  outcome: 'on_time',
  ...change,
});

function rollingOf(...samples: Sample[]): Rolling {
  const rolling = new Rolling(10);
  rolling.add(samples);
  return rolling;
}

describe('rolling window', () => {
  test('knows nothing of an empty window', () => {
    const rolling = rollingOf();
    expect(rolling.attainment(100, 60)).toBeNull();
    expect(rolling.meanBudget(100, 2)).toBeNull();
    expect(rolling.rate(100, 10)).toBe(0);
    expect(rolling.bySecond(100, null)).toHaveLength(10);
  });

  test('counts late and lost answers against the service level', () => {
    const rolling = rollingOf(sample(98), sample(99, { outcome: 'late' }), sample(99, { outcome: 'expired' }), sample(99));
    expect(rolling.attainment(100, 60)).toBe(0.5);
    expect(rolling.rate(100, 10)).toBe(0.3);
  });

  test('gated answers are neither lost nor on time', () => {
    const rolling = rollingOf(sample(99), sample(99, { outcome: 'late' }), sample(99, { outcome: 'gated', slaClass: 'flex' }));
    expect(rolling.attainment(100, 60)).toBe(0.5);
    expect(rolling.bySecond(100, null)[9]).toMatchObject({ onTime: 1, late: 1, lost: 0 });
    expect(rolling.classes().map((c) => c.name)).toEqual(['default']);
  });

  test('an expired question spends no budget', () => {
    expect(rollingOf(sample(99), sample(99, { outcome: 'expired', budget: 0 })).meanBudget(100, 2)).toBe(144);
  });

  test('forgets what is older than the window', () => {
    const rolling = rollingOf(sample(50), sample(99));
    rolling.trim(100);
    expect(rolling.classes()).toEqual([{ name: 'default', deadlineMs: 500, count: 1 }]);
  });

  test('names classes by frequency with their tightest deadline', () => {
    const rolling = rollingOf(sample(1, { slaClass: 'flex' }), sample(1), sample(1, { deadlineMs: 400 }));
    expect(rolling.classes().map((c) => [c.name, c.deadlineMs])).toEqual([
      ['default', 400],
      ['flex', 500],
    ]);
  });

  test('shows finished seconds, oldest first', () => {
    const seconds = rollingOf(sample(98.2), sample(98.9, { ageMs: 300, budget: 576 }), sample(99.5)).bySecond(100.4, null);
    expect(seconds.map((s) => s.at)).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
    expect(seconds[8]).toEqual({ at: 98, onTime: 2, late: 0, lost: 0, budget: 360, p50: 100, p95: 300 });
    expect(seconds[0]!.p95).toBeNull();
  });

  test('latencies are of one class, outcomes of all', () => {
    const [, , , , , , , , , last] = rollingOf(sample(99), sample(99, { slaClass: 'flex', ageMs: 4000 })).bySecond(100, 'default');
    expect(last).toMatchObject({ onTime: 2, p95: 100 });
  });
});

describe('clock skew', () => {
  const header = 'Wed, 01 Jan 2025 00:00:00 GMT';
  const server = Date.parse(header);
  test('clocks that agree need nothing', () => expect(skewOf(header, server + 900)).toBe(0));
  test('an hour apart is an hour', () => expect(skewOf(header, server + 3_600_000)).toBe(3600));
  test('no header, no skew', () => expect(skewOf(null, server)).toBe(0));
});
