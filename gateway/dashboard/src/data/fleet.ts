import type { WorkerReport } from '../wire';

interface Window {
  at: number;
  finished: number;
  onTime: number;
}

/**
 * Service level over every question the workers ended, whoever asked. Their reports count over a short window that slides from
 * report to report, so sums over many reports count a question more than once, all of them equally: the ratio stands.
 */
export class Fleet {
  private windows: Window[] = [];
  private readonly seen = new Map<string, number>(); // worker to its last sequence

  constructor(private readonly seconds: number) {}

  add(workers: readonly WorkerReport[], now: number): void {
    this.windows = this.windows.filter((w) => w.at > now - this.seconds);
    for (const { worker_id, sequence, classes } of workers) {
      if (this.seen.get(worker_id) !== sequence) {
        this.seen.set(worker_id, sequence);
        this.windows.push({ at: now, finished: sum(classes, (c) => c.finished), onTime: sum(classes, (c) => c.on_time) });
      }
    }
  }

  /** Share on time; null if nothing ended. */
  attainment(): number | null {
    const finished = sum(this.windows, (w) => w.finished);
    return finished === 0 ? null : sum(this.windows, (w) => w.onTime) / finished;
  }

  /** Questions that arrive per second; null if no worker says. */
  static demand(workers: readonly WorkerReport[]): number | null {
    const classes = workers.flatMap((w) => w.classes);
    return classes.length === 0 ? null : sum(classes, (c) => c.questions_per_second);
  }
}

const sum = <T>(items: readonly T[], value: (item: T) => number): number => items.reduce((total, item) => total + value(item), 0);
