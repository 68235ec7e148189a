import { describe, expect, test } from 'vitest';
import { Fleet } from '../src/data/fleet';
import type { WorkerReport } from '../src/wire';

const report = (worker: string, sequence: number, finished: number, onTime: number): WorkerReport => ({
  worker_id: worker,
  model: 'm',
  sequence,
  classes: [{ sla_class: 'default', frames_per_second: 1, questions_per_second: 4, p95_seconds: 0.1, finished, on_time: onTime, mean_budget: 64 }],
  queue_depth: 0,
  backlog_seconds: 0,
  busy_ratio: 0,
  current_budget: 64,
  streams: 0,
  draining: false,
});

describe('fleet', () => {
  test('knows nothing before anything ended', () => {
    expect(new Fleet(60).attainment()).toBeNull();
    expect(Fleet.demand([])).toBeNull();
  });

  test('counts a report once, however often it is polled', () => {
    const fleet = new Fleet(60);
    fleet.add([report('a', 1, 10, 10)], 100);
    fleet.add([report('a', 1, 10, 10)], 101);
    fleet.add([report('a', 2, 10, 0)], 102);
    expect(fleet.attainment()).toBe(0.5);
  });

  test('weighs workers by what they ended, and forgets', () => {
    const fleet = new Fleet(60);
    fleet.add([report('a', 1, 30, 30), report('b', 1, 10, 0)], 100);
    expect(fleet.attainment()).toBe(0.75);
    fleet.add([report('a', 2, 5, 5)], 161);
    expect(fleet.attainment()).toBe(1);
  });

  test('sums demand over workers and classes', () => expect(Fleet.demand([report('a', 1, 0, 0), report('b', 1, 0, 0)])).toBe(8));
});
