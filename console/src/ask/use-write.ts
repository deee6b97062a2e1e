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
      if (answer.userErrors.length > 0) return;
      noteWritten(answer.consistencyToken);
      onDone(answer, preview.data);
      void refresh();
    },
  });
  // What became of another input says nothing of this one.
  const sent = sending.variables === key ? sending : undefined;
  const isUnknown = sent?.error != null && !isRefusal(codeOf(sent.error));
  const problems = sent?.data?.userErrors ?? preview.data?.userErrors ?? [];
  return {
    preview: preview.data?.userErrors.length === 0 ? preview.data : undefined,
    isPreviewing: preview.isFetching,
    askAgain: () => void preview.refetch(),
    error: sent?.error ?? preview.error,
    problems,
    isUnknown,
    isSending: sending.isPending,
    isReady: input !== undefined && !sending.isPending && (isUnknown || (preview.isSuccess && problems.length === 0)),
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
