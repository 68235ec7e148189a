const NAME = 'deltaedge-api-key';

/** What needs more than any valid key: one that may see metrics. */
export const STATUS_PATH = '/v1/status';

/** The API key that this tab asks with; it ends with the tab. */
export class Key {
  private refused = false;
  private fallsShort = false;
  private readonly listeners: ((askedFor: boolean) => void)[] = [];

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  get value(): string | null {
    return this.storage.getItem(NAME);
  }

  /** Whether the server wants a key and there is none to try. */
  get isWanted(): boolean {
    return this.refused && this.value === null;
  }

  /** Whether the page is to ask for one: none is there to try, or the one there may not see the fleet's status. */
  get isAskedFor(): boolean {
    return this.isWanted || this.fallsShort;
  }

  set(value: string): void {
    this.storage.setItem(NAME, value.trim());
    this.fallsShort = false;
    this.tell();
  }

  /** Remembers what the server has answered; a key that it did not take is forgotten, one that falls short goes on for the rest. */
  answered(path: string, status: number): void {
    this.refused = status === 401;
    if (this.refused) {
      this.storage.removeItem(NAME);
    }

    if (path === STATUS_PATH) {
      this.fallsShort = status === 403;
    }

    this.tell();
  }

  onAskedFor(listener: (askedFor: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** The same request with the key, if there is one. */
  sign(init: RequestInit): RequestInit {
    const key = this.value;
    return key === null ? init : { ...init, headers: { ...(init.headers as Record<string, string>), 'x-api-key': key } };
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener(this.isAskedFor));
  }
}
