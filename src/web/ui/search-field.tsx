import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Keys } from './keys.tsx';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** How long to wait for the next key before telling. */
  readonly delayMs?: number;
  /** The arrow down goes on to what was found. */
  readonly onDown?: () => void;
}

/** The page's filter: `/` goes to it, Esc empties it and then leaves it. */
export function SearchField({ label, placeholder, value, onChange, delayMs = 120, onDown }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  // The URL changed under us: by the back button, a saved view, or our own telling.
  if (value !== told) {
    setTold(value);
    setText(value);
  }
  useEffect(() => {
    if (text === told) return;
    const timer = setTimeout(() => {
      setTold(text);
      change.current(text);
    }, delayMs);
    return () => clearTimeout(timer);
  }, [text, told, delayMs]);

  return (
    <search className="relative min-w-0 grow basis-full md:max-w-80 md:min-w-56 md:basis-0">
      <Search
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={field}
        type="search"
        data-page-filter
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        className="peer h-8 w-full rounded border border-line-strong bg-canvas pr-8 pl-8 text-base text-ellipsis outline-offset-0 [&::-webkit-search-cancel-button]:hidden md:h-7"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && onDown) {
            event.preventDefault();
            onDown();
          }
          if (event.key !== 'Escape') return;
          if (text === '') field.current?.blur();
          setText('');
        }}
      />
      {text === '' ? (
        <span
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2 hidden -translate-y-1/2 peer-focus:invisible md:block"
        >
          <Keys of="/" />
        </span>
      ) : (
        <button
          type="button"
          aria-label="Clear the filter"
          className="absolute top-1/2 right-1 flex size-6 -translate-y-1/2 items-center justify-center rounded text-muted hover:text-fg"
          onClick={() => {
            setText('');
            field.current?.focus();
          }}
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </search>
  );
}
