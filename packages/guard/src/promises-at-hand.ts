/** What has been looked through. */
const seen = new WeakSet<object>();

/**
 * Keeps the promises that an object already has from ending the process, should one fail while guards are asked: an executor would
 * have waited for it by then. They stay as they are, for whoever asks for them afterwards. Looks at the object, or at each item of a
 * list; asks no getter, and starts nothing that waits to be started.
 */
export function keepPromises(value: unknown): void {
  if (value instanceof Promise) keep(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value)) for (const item of value) keepPromises(item);
  else for (const name of Object.keys(value)) keepProperty(value, name);
}

/** The same for one property only. */
export function keepProperty(object: unknown, name: string): void {
  if (typeof object !== 'object' || object === null) return;
  const value: unknown = Object.getOwnPropertyDescriptor(object, name)?.value;
  if (value instanceof Promise) keep(value);
  else if (Array.isArray(value)) for (const item of value) if (item instanceof Promise) keep(item);
}

function keep(promise: Promise<unknown>): void {
  // Not the `then` of those that begin their work when they are asked.
  Promise.prototype.then.call(promise, undefined, () => undefined);
}
