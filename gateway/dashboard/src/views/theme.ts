/** Colours that the charts draw with, read from the style sheet so that light and dark have one home. */
export interface Theme {
  ink: string;
  faint: string;
  grid: string;
  accent: string;
  good: string;
  fair: string;
  poor: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: value('--muted'),
    faint: value('--faint'),
    grid: value('--line'),
    accent: value('--accent'),
    good: value('--good'),
    fair: value('--fair'),
    poor: value('--poor'),
  };
}

export function onThemeChange(action: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', action);
}
