/** A country's flag, a static picture of its own; decoration beside the name. */
export function Flag({ code }: { code: string }) {
  if (!/^[A-Za-z]{2}$/.test(code)) return <span class="flag" aria-hidden="true" />;
  return <img class="flag" src={`/flags/${code.toUpperCase()}.svg`} alt="" width="18" height="12" loading="lazy" />;
}
