/**
 * A WebSocket whose messages are taken one by one; rejects when the handshake is refused.
 * @param read makes something of a message: text is JSON unless it says otherwise
 */
export async function listen<T>(
  address: string,
  headers: Record<string, string>,
  read = (data: unknown): T => JSON.parse(String(data)) as T,
) {
  // Node's own takes headers; the DOM's types don't know.
  const socket = new WebSocket(address.replace(/^http/, 'ws'), { headers } as unknown as string[]);
  socket.binaryType = 'arraybuffer';
  const messages: T[] = [];
  const waiting: ((message: T) => void)[] = [];
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve());
  });
  socket.addEventListener('message', ({ data }) => {
    const message = read(data);
    const first = waiting.shift();
    if (first) first(message);
    else messages.push(message);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('refused')));
  });
  const next = () => {
    const first = messages.shift();
    return first ? Promise.resolve(first) : new Promise<T>((resolve) => waiting.push(resolve));
  };
  return {
    next,
    closed,
    /** Whether either side said that it closes. workerd keeps a line whose other end may sleep until that sleeps: `closed` waits. */
    closing: () => socket.readyState !== WebSocket.OPEN,
    send: (text: string) => socket.send(text),
    close: () => socket.close(),
  };
}
