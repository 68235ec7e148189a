import { ApiError, getLoad, putLoad } from '../data/api';
import { h, setText } from '../dom';

const DEFAULT_MAX = 60;

/** Extra asks per second, where the server offers to make them. */
export class Load {
  private readonly slider = h('input', { type: 'range', min: '0', max: String(DEFAULT_MAX), step: '1', value: '0', 'aria-label': 'Extra load, asks per second' });
  private readonly value = h('output', {}, '0');
  private readonly note = h('p', { class: 'hint' }, 'Adds questions on top of the cameras’. Watch the budget step down and the deadline hold.');
  private sending = false;
  private wanted = 0;
  readonly root = h(
    'section',
    { class: 'panel load' },
    h('h3', {}, 'Extra load', h('span', { class: 'load-value' }, this.value, ' asks / s')),
    this.slider,
    this.note,
  );

  constructor() {
    this.root.hidden = true;
    this.slider.oninput = () => {
      this.wanted = Number(this.slider.value);
      this.display(this.wanted);
      void this.send();
    };
  }

  /** Reads what the server does now; hides the control where there is none. */
  async read(): Promise<void> {
    if (this.sending || document.activeElement === this.slider) {
      return;
    }

    try {
      const { asks_per_second, max } = await getLoad();
      this.slider.max = String(max ?? DEFAULT_MAX);
      this.slider.value = String(asks_per_second);
      this.display(asks_per_second);
      this.root.hidden = false;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) {
        this.root.hidden = true;
      }
    }
  }

  /** One request at a time; the last position wins. */
  private async send(): Promise<void> {
    if (this.sending) {
      return;
    }

    this.sending = true;
    let sent: number | null = null;
    try {
      while (sent !== this.wanted) {
        sent = this.wanted;
        await putLoad(sent);
      }
    } catch {
      setText(this.note, 'The load could not be set.');
    }

    this.sending = false;
  }

  private display(asks: number): void {
    setText(this.value, String(Math.round(asks)));
    this.slider.style.setProperty('--share', `${(100 * asks) / Number(this.slider.max)}%`);
  }
}
