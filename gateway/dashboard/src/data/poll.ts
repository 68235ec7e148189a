/** Repeats an action, never two at once, slower after failures and at rest while the page is hidden. */
export function poll(everyMs: number, action: () => Promise<void>): { now(): void } {
  const slowestMs = 5000;
  let failures = 0;
  let running = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    if (running) {
      return;
    }

    running = true;
    if (!document.hidden) {
      try {
        await action();
        failures = 0;
      } catch {
        failures++; // the action itself tells the user
      }
    }

    running = false;
    timer = setTimeout(() => void run(), Math.min(slowestMs, everyMs * 2 ** Math.min(failures, 4)));
  };

  document.addEventListener('visibilitychange', () => void (document.hidden || run()));
  void run();
  return { now: () => void run() };
}
