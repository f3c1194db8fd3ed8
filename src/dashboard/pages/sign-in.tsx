import { Brand } from '../ui/top.tsx';

export default function Page() {
  return (
    <main class="page narrow">
      <Brand />
      <h1>Sign in</h1>
    </main>
  );
}
