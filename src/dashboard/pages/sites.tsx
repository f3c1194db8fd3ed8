import { Top } from '../ui/top.tsx';

export default function Page() {
  return (
    <main class="page">
      <Top />
      <h1>Sites</h1>
    </main>
  );
}
