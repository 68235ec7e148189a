import { h, setText } from '../dom';

/** Says that the server is away, and goes when it is back. */
export class Banner {
  readonly root = h('div', { class: 'banner', role: 'alert' });
  private since: number | null = null;

  constructor() {
    this.root.hidden = true;
  }

  lost(now: number): void {
    this.since ??= now;
    const seconds = Math.round((now - this.since) / 1000);
    setText(this.root, `The server does not answer${seconds >= 2 ? ` (for ${seconds} s)` : ''}. Trying again; what you see is the last that came.`);
    this.root.hidden = false;
  }

  /** The server answers, and does not let this page look. */
  refused(message: string): void {
    this.since = null;
    setText(this.root, message);
    this.root.hidden = false;
  }

  found(): void {
    this.since = null;
    this.root.hidden = true;
  }
}
