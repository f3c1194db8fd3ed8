import type { BotsJson } from '../../contract/api.ts';
import { exact, percent } from '../format.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Count } from '../ui/number.tsx';
import { Table } from '../ui/table.tsx';
import { botsDialog as words } from '../words/bots-dialog.ts';
import { signs } from '../words/signs.ts';

interface Props {
  bots: BotsJson;
  base: string;
  onClose: () => void;
}

/** Why visits were taken for bots'. */
export function BotsDialog({ bots, base, onClose }: Props) {
  const rules = bots.rules.filter((one) => one.visits > 0);
  return (
    <Dialog title={words.title} wide onClose={onClose}>
      <p class="muted">
        {words.share(
          bots.bot_visits,
          bots.visits,
          bots.bot_requests_share === null ? null : percent(bots.bot_requests_share),
        )}
      </p>
      <Table
        caption={words.caption}
        rows={rules}
        rowKey={({ rule }) => rule}
        columns={[
          { head: words.sign, class: 'bots-sign', cell: ({ rule }) => signs[rule] },
          { head: words.visits, numeric: true, cell: ({ visits }) => <Count of={visits} /> },
          { head: words.ofBots, numeric: true, cell: ({ bot_visits }) => <Count of={bot_visits} /> },
          {
            head: words.weight,
            numeric: true,
            cell: ({ confidence }) => (confidence === 0 ? words.off : exact(confidence)),
          },
        ]}
      />
      <div class="dialog-foot">
        <ButtonLink href={`${base}/settings`}>{words.toWeights}</ButtonLink>
      </div>
    </Dialog>
  );
}
