import { answerAge, percentile } from '../figures';
import type { Outcome, StreamAnswer } from '../wire';

/** What the page keeps of an answer for its last two minutes. */
export interface Sample {
  /** When it was given, epoch seconds on the browser's scale. */
  at: number;
  budget: number;
  ageMs: number;
  deadlineMs: number;
  slaClass: string;
  outcome: Outcome;
}

/** What the charts need of an answer. A skew brings the server's clock onto the browser's. */
export function toSample(answer: StreamAnswer, skewSeconds: number): Sample {
  const info = answer.deltaedge;
  const ageMs = answerAge(info);
  return {
    at: (Date.parse(answer.captured_at) + ageMs) / 1000 + skewSeconds,
    budget: info.budget,
    ageMs,
    deadlineMs: info.deadline_ms,
    slaClass: info.sla_class,
    outcome: answer.outcome,
  };
}

export interface Second {
  at: number;
  onTime: number;
  late: number;
  lost: number;
  budget: number | null;
  p50: number | null;
  p95: number | null;
}

/**
 * Answers of a sliding window, and their figures by second. Pure: the caller says what time it is. Gated answers are left out, as the
 * server leaves them out: nothing was asked, so no promise was kept or broken.
 */
export class Rolling {
  private samples: Sample[] = [];

  constructor(private readonly seconds: number) {}

  add(samples: readonly Sample[]): void {
    this.samples.push(...samples.filter((s) => s.outcome !== 'gated'));
  }

  trim(now: number): void {
    const from = now - this.seconds - 1;
    if (this.samples.some((s) => s.at < from)) {
      this.samples = this.samples.filter((s) => s.at >= from);
    }
  }

  /** Classes seen, most frequent first, with the tightest deadline each was held to. */
  classes(): { name: string; deadlineMs: number; count: number }[] {
    const byName = new Map<string, { name: string; deadlineMs: number; count: number }>();
    for (const s of this.samples) {
      const entry = byName.get(s.slaClass) ?? { name: s.slaClass, deadlineMs: s.deadlineMs, count: 0 };
      entry.deadlineMs = Math.min(entry.deadlineMs, s.deadlineMs);
      entry.count++;
      byName.set(s.slaClass, entry);
    }

    return [...byName.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  }

  /** Share of on-time outcomes over the last so many seconds; null if nothing ended. */
  attainment(now: number, seconds: number): number | null {
    const recent = this.samples.filter((s) => s.at > now - seconds);
    return recent.length === 0 ? null : recent.filter((s) => s.outcome === 'on_time').length / recent.length;
  }

  /** Answers per second, late ones included, over the last so many seconds. */
  rate(now: number, seconds: number): number {
    return this.samples.filter((s) => s.at > now - seconds && isAnswer(s)).length / seconds;
  }

  /** Mean visual tokens of the last so many seconds' answers; null without answers. */
  meanBudget(now: number, seconds: number): number | null {
    return mean(this.samples.filter((s) => s.at > now - seconds && isAnswer(s)).map((s) => s.budget));
  }

  /** One entry per finished second of the window, oldest first; latencies of one class only if it is named. */
  bySecond(now: number, slaClass: string | null): Second[] {
    const last = Math.floor(now) - 1;
    const first = last - this.seconds + 1;
    const bins: Sample[][] = Array.from({ length: this.seconds }, () => []);
    for (const s of this.samples) {
      bins[Math.floor(s.at) - first]?.push(s);
    }

    return bins.map((bin, i) => {
      const answers = bin.filter(isAnswer);
      const ages = answers.filter((s) => slaClass === null || s.slaClass === slaClass).map((s) => s.ageMs);
      return {
        at: first + i,
        onTime: bin.filter((s) => s.outcome === 'on_time').length,
        late: bin.filter((s) => s.outcome === 'late').length,
        lost: bin.length - answers.length,
        budget: mean(answers.map((s) => s.budget)),
        p50: percentile(ages, 0.5),
        p95: percentile(ages, 0.95),
      };
    });
  }
}

const isAnswer = (s: Sample): boolean => s.outcome === 'on_time' || s.outcome === 'late';

const mean = (values: number[]): number | null => (values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length);
