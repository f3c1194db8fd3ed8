interface Props {
  values: number[];
}

const WIDE = 200;
const HIGH = 40;

/** A line without words: how the last days went. The last stretch is dashed, as today isn't over. */
export function Spark({ values }: Props) {
  const most = Math.max(1, ...values);
  const points = values.map((value, i) => {
    const x = (i / Math.max(1, values.length - 1)) * WIDE;
    return `${x.toFixed(1)} ${((1 - value / most) * (HIGH - 4) + 2).toFixed(1)}`;
  });
  if (points.length < 2 || values.every((value) => value === 0)) return <svg class="spark" aria-hidden="true" />;
  return (
    <svg class="spark" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="spark-area" d={`M${points.join('L')}V${HIGH}H0Z`} />
      <path class="spark-line" d={`M${points.slice(0, -1).join('L')}`} />
      <path class="spark-line open" d={`M${points.slice(-2).join('L')}`} />
    </svg>
  );
}
