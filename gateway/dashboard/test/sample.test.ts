import { describe, expect, test } from 'vitest';
import { toSample } from '../src/data/rolling';
import type { AnswerInfo, StreamAnswer } from '../src/wire';

const answer = (outcome: StreamAnswer['outcome'], info: Partial<AnswerInfo>): StreamAnswer => ({
  id: 1,
  stream_id: 'gate',
  question_id: 'q1',
  question: 'How many cars are there?',
  answer: '2',
  outcome,
  captured_at: '2026-01-01T00:00:10Z',
  deltaedge: {
    budget: 144,
    image_tokens: 144,
    full_budget: 576,
    question_kind: 'count',
    expected_accuracy: 0.87,
    degraded_reason: 'load',
    sla_class: 'default',
    deadline_ms: 500,
    capture_age_ms: 100,
    on_time: true,
    worker: 'w1',
    ...info,
  },
});

const captured = Date.parse('2026-01-01T00:00:10Z') / 1000;

describe('sample of an answer', () => {
  test('is dated by when it was given, on the browser’s clock', () =>
    expect(toSample(answer('on_time', {}), 3600)).toMatchObject({ at: captured + 0.1 + 3600, ageMs: 100 }));

  test('of a gated answer is not in the future by what its frame is older', () =>
    expect(toSample(answer('gated', { capture_age_ms: 1805, gated_age_ms: 1800 }), 0)).toMatchObject({ at: captured + 0.005, ageMs: 5 }));
});
