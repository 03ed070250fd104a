import { Bar } from '../../ui/skeleton.tsx';
import { headHeight, nameWidth } from './grid-geometry.ts';

const rows = Array.from({ length: 14 }, (_, index) => index);
const columns = Array.from({ length: 5 }, (_, index) => index);

/** The grid's shape while its data comes. */
export function MatrixSkeleton() {
  return (
    <div role="status" aria-label="Loading the matrix" className="h-full overflow-hidden">
      <div className="flex items-center border-b" style={{ height: headHeight }}>
        <div className="flex shrink-0 items-center px-4" style={{ width: nameWidth }}>
          <Bar width={64} />
        </div>
        {columns.map((column) => (
          <div key={column} className="flex-1 px-3 max-md:hidden">
            <Bar width={88} />
          </div>
        ))}
      </div>
      {rows.map((row) => (
        <div key={row} className="flex h-[54px] items-start border-b py-3">
          <div className="shrink-0 px-4" style={{ width: nameWidth }}>
            <Bar width={72 + ((row * 37) % 84)} />
          </div>
          {columns.map((column) => (
            <div key={column} className="flex flex-1 flex-col gap-2 px-3 max-md:hidden">
              <Bar width={64} />
              <Bar width={96 + (((row + column) * 23) % 40)} height={8} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
