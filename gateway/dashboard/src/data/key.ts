const NAME = 'deltaedge-api-key';

/** The API key that this tab asks with; it ends with the tab. */
export class Key {
  private refused = false;
  private readonly listeners: ((wanted: boolean) => void)[] = [];

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  get value(): string | null {
    return this.storage.getItem(NAME);
  }

  /** Whether the server wants a key and there is none to try. */
  get isWanted(): boolean {
    return this.refused && this.value === null;
  }

  set(value: string): void {
    this.storage.setItem(NAME, value.trim());
    this.tell();
  }

  /** Remembers that the server has answered; a key that it did not take is forgotten. */
  answered(status: number): void {
    this.refused = status === 401;
    if (this.refused) {
      this.storage.removeItem(NAME);
    }

    this.tell();
  }

  onWanted(listener: (wanted: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** The same request with the key, if there is one. */
  sign(init: RequestInit): RequestInit {
    const key = this.value;
    return key === null ? init : { ...init, headers: { ...(init.headers as Record<string, string>), 'x-api-key': key } };
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener(this.isWanted));
  }
}
