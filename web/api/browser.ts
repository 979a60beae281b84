/** What the page keeps in the browser: settings and a name for the browser, never data of a person. */

/** Reads a kept setting; null where there is none or the browser keeps nothing. */
export function recall(key: string, store: 'local' | 'session' = 'local'): string | null {
  try {
    return storeOf(store).getItem(`dinhdanh.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a setting, or drops it where the value is null. A browser that keeps nothing is no fault. */
export function keep(key: string, value: string | null, store: 'local' | 'session' = 'local'): void {
  try {
    if (value === null) storeOf(store).removeItem(`dinhdanh.${key}`);
    else storeOf(store).setItem(`dinhdanh.${key}`, value);
  } catch {
    // Private windows may refuse: the setting then lasts as long as the page.
  }
}

/** A random name of this browser, made once. It says nothing of whose browser it is. */
export function deviceName(): string {
  const known = recall('device');
  if (known !== null && /^[\w-]{1,64}$/.test(known)) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  keep('device', made);
  return made;
}

/** How the session list names this browser: `Firefox, Windows`. */
export function deviceTitle(agent: string): string {
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name)) ?? 'Web';
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'].find((name) =>
    agent.includes(name),
  );
  const title = browser === 'Edg' ? 'Edge' : browser;
  return system === undefined ? title : `${title}, ${system}`;
}

function storeOf(store: 'local' | 'session'): Storage {
  return store === 'local' ? localStorage : sessionStorage;
}
