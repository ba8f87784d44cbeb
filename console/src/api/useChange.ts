import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LiveTopic } from './types';

interface ChangeOptions<Answer> {
  /** What is another afterwards: asked for at once, whether the server's news are quick or not. */
  topics: readonly LiveTopic[];
  onDone?: (answer: Answer) => void;
}

/** Something that a person asks the server to do. */
export function useChange<Asked, Answer>(change: (asked: Asked) => Promise<Answer>, { topics, onDone }: ChangeOptions<Answer>) {
  const client = useQueryClient();
  return useMutation<Answer, Error, Asked>({
    mutationFn: change,
    networkMode: 'always',
    onSuccess: async (answer) => {
      onDone?.(answer);
      await client.invalidateQueries({ predicate: ({ meta }) => meta?.topics?.some((topic) => topics.includes(topic)) ?? false });
    },
  });
}
