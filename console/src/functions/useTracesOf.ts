import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read } from '../api/request';

/** The newest traces with a function's own segments. Any moment may bring another, which the server tells. */
export function useTracesOf(name: string, minutes: number) {
  const filter = `service(id(name: ${JSON.stringify(name)}, type: "AWS::Lambda::Function"))`;
  const found = useQuery({
    queryKey: ['traces-of', name, minutes],
    queryFn: ({ signal }) => read('/functions/{name}/traces', { path: { name }, query: { minutes } }, signal),
    meta: { topics: ['traces'] },
    placeholderData: keepPreviousData,
  });
  return { ...found, filter };
}
