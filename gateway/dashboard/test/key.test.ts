import { describe, expect, test } from 'vitest';
import { Key } from '../src/data/key';

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

describe('key', () => {
  test('is not wanted before the server says so, nor put on requests', () => {
    const key = new Key(storage());
    const init = { method: 'GET' };
    expect(key.isWanted).toBe(false);
    expect(key.sign(init)).toBe(init);
  });

  test('is wanted after a 401 until one is given, and then put on requests', () => {
    const key = new Key(storage());
    const told: boolean[] = [];
    key.onAskedFor((askedFor) => told.push(askedFor));
    key.answered('/v1/streams', 401);
    key.set(' de_a_b ');
    expect(told).toEqual([true, false]);
    expect(key.sign({ headers: { accept: 'a' } }).headers).toEqual({ accept: 'a', 'x-api-key': 'de_a_b' });
  });

  test('is forgotten when the server does not take it', () => {
    const key = new Key(storage());
    key.set('de_a_b');
    key.answered('/v1/streams', 401);
    expect(key.value).toBeNull();
    expect(key.isWanted).toBe(true);
  });

  test('that may not see the status stays for the rest while another is asked for', () => {
    const key = new Key(storage());
    key.set('de_a_b');
    key.answered('/v1/status', 403);
    key.answered('/v1/streams', 200);
    expect([key.value, key.isWanted, key.isAskedFor]).toEqual(['de_a_b', false, true]);
    key.set('de_c_d');
    expect(key.isAskedFor).toBe(false);
  });

  test('that may not do something else is enough for the page', () => {
    const key = new Key(storage());
    key.set('de_a_b');
    key.answered('/v1/chat/completions', 403);
    expect(key.isAskedFor).toBe(false);
  });

  test('stays when it is taken', () => {
    const key = new Key(storage());
    key.set('de_a_b');
    key.answered('/v1/status', 200);
    expect(key.value).toBe('de_a_b');
  });
});
