import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from '../../ui/button.tsx';

type ToolButtonProps = ComponentProps<typeof Button> & { icon: LucideIcon };

/** Opens one of the page's menus: icon and words, on a telephone the icon alone, which keeps them as its name. */
export function ToolButton({ icon: Icon, children, ...rest }: ToolButtonProps) {
  return (
    <Button look="quiet" className="max-md:w-8 max-md:px-0" {...rest}>
      <Icon aria-hidden size={14} />
      <span className="inline-flex gap-1.5 max-md:sr-only">{children}</span>
    </Button>
  );
}
