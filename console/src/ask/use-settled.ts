import { useEffect, useState } from 'react';

const usualQuietMs = 250;

/** A value once nobody has changed it for a moment; undefined meanwhile. */
export function useSettled<Value>(value: Value, quietMs = usualQuietMs): Value | undefined {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState<string | undefined>(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), quietMs);
    return () => clearTimeout(timer);
  }, [text, quietMs]);
  return settled === text ? value : undefined;
}
