import { Lock, Pencil, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { countText } from '../../lib/count-text.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Awaiting } from '../../ui/awaiting.tsx';
import { IconButton } from '../../ui/button.tsx';
import { CopiedText } from '../../ui/copied-text.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ExternalAddress } from '../../ui/external-address.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FlagMarks } from '../../ui/flag-mark.tsx';
import { ListSearch } from '../../ui/list-search.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { EmptyNotice, EmptySection, FailureBar, FailureLine, FailurePage } from '../../ui/notice.tsx';
import { Outdated } from '../../ui/outdated.tsx';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { PageSection } from '../../ui/page.tsx';
import { Pane, Panes } from '../../ui/panes.tsx';
import { PersonCell } from '../../ui/person-cell.tsx';
import { PrintedMoment } from '../../ui/printed-moment.tsx';
import { ProtectedMark } from '../../ui/protected-mark.tsx';
import { RelativeTime, RunningTime } from '../../ui/relative-time.tsx';
import { RunLink } from '../../ui/run-link.tsx';
import { Sha } from '../../ui/sha.tsx';
import { SideScroll } from '../../ui/side-scroll.tsx';
import { StatusIcon, StatusMark } from '../../ui/status-mark.tsx';
import { Tag } from '../../ui/tag.tsx';

const statuses = [
  'pending',
  'waiting',
  'queued',
  'in-progress',
  'success',
  'failure',
  'cancelled',
  'rejected',
  'skipped',
  'inactive',
] as const;
const tones = ['neutral', 'success', 'waiting', 'failed', 'running'] as const;
const sha = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const shas = ['a', 'b', 'c', 'd', 'e', 'f'].map((digit) => digit + sha.slice(1));
const members = [
  { name: 'Ada Approves', level: 'Maintainer', since: '2026-11-01T08:00:00Z', deployments: 214 },
  { name: 'deploy-bot', level: 'Developer', since: '2026-11-12T08:00:00Z', deployments: 3180 },
] as const;

/** What shows data: marks, facts, tables, and what stands where there are none. */
export function ListSamples() {
  return (
    <>
      <PageSection title="Marks">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4">
          {statuses.map((status) => (
            <StatusMark key={status} status={status} />
          ))}
          <StatusIcon status="success" past />
          <FlagMarks flags={['unapproved', 'frozen']} />
          <ProtectedMark />
        </div>
        <div className="flex flex-wrap items-center gap-2 px-4 pt-3">
          {tones.map((tone) => (
            <Tag key={tone} tone={tone}>
              {tone}
            </Tag>
          ))}
          <Tag icon={<Lock aria-hidden size={11} />}>private</Tag>
        </div>
      </PageSection>
      <PageSection title="Facts">
        <div className="px-4">
          <Facts
            items={[
              { term: 'Commit', detail: <Sha sha={sha} copy /> },
              { term: 'Whole', detail: <Sha sha={sha} whole /> },
              { term: 'Run', detail: <RunLink url="https://ci.example/runs/1" number={1} /> },
              { term: 'Id', detail: <CopiedText text="ci-1024" what="deployment id" /> },
              { term: 'Link', detail: <OutsideLink url="https://ci.example/runs/1">the run</OutsideLink> },
              { term: 'Address', detail: <ExternalAddress address="shop.example" /> },
              {
                term: 'When',
                detail: (
                  <>
                    <RelativeTime at="2026-11-12T08:00:00Z" />
                    <PrintedMoment at="2026-11-12T08:00:00Z" />
                  </>
                ),
              },
              { term: 'Runs since', detail: <RunningTime since="2026-11-21T08:00:00Z" /> },
              {
                term: 'By',
                detail: (
                  <span className="flex items-center gap-1.5">
                    <Avatar name="Ada Approves" />
                    Ada Approves
                  </span>
                ),
              },
            ]}
          />
        </div>
      </PageSection>
      <PageSection title="Beside each other">
        <Panes className="mx-4">
          <Pane heading="h3" title="Now">
            2.24.0
          </Pane>
          <Pane heading="h3" title="Roll back to" icon={<Undo2 aria-hidden size={12} />}>
            2.23.1
          </Pane>
        </Panes>
      </PageSection>
      <PageSection title="Wider than its place">
        <div className="px-4">
          <SideScroll>
            <div className="flex w-max gap-8">
              {shas.map((sha) => (
                <Sha key={sha} sha={sha} whole copy />
              ))}
            </div>
          </SideScroll>
        </div>
      </PageSection>
      <PageSection title="Table">
        <Members />
      </PageSection>
      <PageSection title="While it loads, where there is nothing, and where it failed">
        <ListSkeleton label="Loading the samples" rows={2} />
        <div className="flex flex-col gap-3 px-4 py-3">
          <Awaiting>Waiting for the first event</Awaiting>
          <FailureLine title="The approvals could not be loaded." why="The server is away." onRetry={reload} />
        </div>
        <EmptySection title="No webhook yet" about="A webhook tells another server what happens here." />
        <Outdated when>
          <NothingHere>No user is like that.</NothingHere>
        </Outdated>
        <NothingHere>There is no token yet. Create one, and give it to a pipeline.</NothingHere>
        <EmptyNotice title="No token yet">Create one, and give it to a pipeline.</EmptyNotice>
        <FailureBar title="What is shown may be old." why="The server is away." onRetry={reload} />
        <FailurePage title="The tokens could not be loaded" why="The server is away." onRetry={reload} />
      </PageSection>
    </>
  );
}

const reload = () => location.reload();

function Members() {
  const [count, setCount] = useState(1);
  const [search, setSearch] = useState('');
  const rows = members.slice(0, count).filter(({ name }) => name.includes(search));
  return (
    <>
      <ListSearch
        label="Search members"
        placeholder="Search names"
        value={search}
        onChange={setSearch}
        count={countText(rows.length, 'member')}
      />
      <DataTable
        label="Members"
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          {
            key: 'name',
            head: 'Name',
            cell: ({ name }) => (
              <PersonCell name={name} username={name.toLowerCase().replace(' ', '.')}>
                <Tag>You</Tag>
              </PersonCell>
            ),
          },
          { key: 'level', head: 'Level', cell: ({ level }) => <Tag>{level}</Tag> },
          { key: 'since', head: 'Since', cell: ({ since }) => <RelativeTime at={since} />, hide: 'narrow' },
          { key: 'count', head: 'Deployments', align: 'end', cell: ({ deployments }) => deployments },
        ]}
        actions={({ name }) => (
          <IconButton label={`Change ${name}`}>
            <Pencil aria-hidden size={14} />
          </IconButton>
        )}
      />
      <LoadMore hasMore={count < members.length} loading={false} onMore={() => setCount(members.length)} />
    </>
  );
}
