import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { codeOf } from './ask-error.ts';
import { noteWritten } from './freshness.ts';
import { useCaller } from './session.ts';
import { useRefresh } from './use-refresh.ts';
import { useSettled } from './use-settled.ts';
import type { Write, WriteAnswer } from './writes.ts';

interface WriteOptions<Input, Answer extends WriteAnswer> {
  readonly write: Write<Input, Answer>;
  /** Undefined as long as something is missing. */
  readonly input: Input | undefined;
  readonly reason: string;
  /** Told as well what it was said to mean before. */
  readonly onDone: (answer: Answer, previewed: Answer | undefined) => void;
}

/**
 * A write that is previewed by the server, and then confirmed. Where nobody knows what became of it, it can be sent again as the same
 * request: its key is another one only if its input is.
 */
export function useWrite<Input extends object, Answer extends WriteAnswer>(options: WriteOptions<Input, Answer>) {
  const { write, input, reason, onDone } = options;
  const preview = usePreview(write, input);
  const sending = useSending({ write, input, reason, onDone: (answer) => onDone(answer, preview.data) });
  const problems = sending.problems ?? preview.data?.userErrors ?? [];
  const { isUnknown, isSending } = sending;
  return {
    preview: preview.data?.userErrors.length === 0 ? preview.data : undefined,
    isPreviewing: preview.isFetching,
    askAgain: () => void preview.refetch(),
    error: sending.error ?? preview.error,
    problems,
    isUnknown,
    isSending,
    isReady: input !== undefined && !isSending && (isUnknown || (preview.isSuccess && problems.length === 0)),
    confirm: sending.confirm,
  };
}

interface SendingOptions<Input, Answer extends WriteAnswer> {
  readonly write: Pick<Write<Input, Answer>, 'name' | 'send'>;
  readonly input: Input | undefined;
  readonly reason: string;
  readonly onDone: (answer: Answer) => void;
  /** Told where it was refused. */
  readonly onRefused?: (answer: Answer) => void;
}

/** Sends a write once, however often it is tried. */
export function useSending<Input extends object, Answer extends WriteAnswer>(options: SendingOptions<Input, Answer>) {
  const { write, input, reason, onDone, onRefused } = options;
  const refresh = useRefresh();
  const key = useIdempotencyKey(JSON.stringify([write.name, input, reason]));
  const sending = useMutation({
    // Sent where the browser takes itself to be offline as well, and not kept until it is back: whoever confirms is told at once.
    networkMode: 'always',
    mutationFn: async (idempotencyKey: string) => {
      if (input === undefined) throw new Error('What is not whole cannot be sent.');
      return write.send({ ...input, ...(reason.trim() !== '' && { reason: reason.trim() }), idempotencyKey });
    },
    onSuccess: (answer) => {
      if (answer.userErrors.length > 0) return onRefused?.(answer);
      noteWritten(answer.consistencyToken);
      onDone(answer);
      void refresh();
    },
  });
  // What became of another input says nothing of this one.
  const sent = sending.variables === key ? sending : undefined;
  return {
    error: sent?.error ?? null,
    problems: sent?.data?.userErrors,
    isUnknown: sent?.error != null && !isRefusal(codeOf(sent.error)),
    isSending: sending.isPending,
    confirm: () => sending.mutate(key),
  };
}

function usePreview<Input extends object, Answer extends WriteAnswer>(
  write: Write<Input, Answer>,
  input: Input | undefined,
) {
  const { subject } = useCaller();
  const settled = useSettled(input);
  return useQuery({
    queryKey: ['preview', subject, write.name, settled],
    queryFn: () => {
      if (settled === undefined) throw new Error('What is not whole cannot be tried.');
      return write.send({ ...settled, dryRun: true });
    },
    enabled: settled !== undefined,
    // Of a moment that is gone it says nothing.
    staleTime: 0,
    gcTime: 0,
  });
}

function useIdempotencyKey(input: string): string {
  const [kept, setKept] = useState(() => ({ input, key: crypto.randomUUID() }));
  if (kept.input === input) return kept.key;
  const next = { input, key: crypto.randomUUID() };
  setKept(next);
  return next.key;
}

/** Whether it is sure that nothing was written. */
export function isRefusal(code: string): boolean {
  return ['FORBIDDEN', 'UNAUTHENTICATED'].includes(code) || /^(?:BAD|GRAPHQL|UNKNOWN|INVALID)_/.test(code);
}
