import { chooseTheme, type Theme, themes, useTheme } from '../../lib/theme.ts';
import { RadioGroup } from '../../ui/radio-group.tsx';

const words: Readonly<Record<Theme, string>> = { system: 'As the system is', light: 'Light', dark: 'Dark' };

/** Light or dark, as in the account menu. */
export function ThemeField() {
  const theme = useTheme();
  return (
    <RadioGroup
      label="Theme"
      options={themes.map((each) => ({ value: each, label: words[each] }))}
      value={theme}
      onChange={chooseTheme}
    />
  );
}
