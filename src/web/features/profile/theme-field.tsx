import { chooseTheme, type Theme, themes, useTheme } from '../../lib/theme.ts';
import { CheckField, FieldGroup } from '../../ui/check-field.tsx';

const words: Readonly<Record<Theme, string>> = { system: 'As the system is', light: 'Light', dark: 'Dark' };

/** Light or dark, as in the account menu. */
export function ThemeField() {
  const theme = useTheme();
  return (
    <FieldGroup label="Theme">
      {themes.map((each) => (
        <CheckField
          key={each}
          type="radio"
          name="theme"
          label={words[each]}
          checked={theme === each}
          onChange={() => chooseTheme(each)}
        />
      ))}
    </FieldGroup>
  );
}
