import { h } from '../dom';
import type { Key } from '../data/key';

/** Asks for an API key when the server wants one, or a better one. */
export class KeyField {
  readonly root: HTMLFormElement;
  private readonly input = h('input', { type: 'password', name: 'key', placeholder: 'de_…', autocomplete: 'off', 'aria-label': 'API key', required: '' });

  constructor(key: Key) {
    this.root = h(
      'form',
      { class: 'key-field' },
      h('span', {}, 'This server wants an API key that may see metrics. It stays in this tab.'),
      this.input,
      h('button', { type: 'submit' }, 'Use it'),
    );
    this.root.hidden = !key.isAskedFor;
    key.onAskedFor((askedFor) => {
      this.root.hidden = !askedFor;
    });
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      key.set(this.input.value);
      this.input.value = '';
    });
  }
}
