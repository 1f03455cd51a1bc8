// PROVISIONAL
export function createProgress() {
  const began = Date.now();
  return {
    line: (text: string) => console.error(`  ${text} (${((Date.now() - began) / 1000).toFixed(1)} s)`),
    stage: (text: string) => { const at = Date.now(); return () => console.error(`  ✓ ${text} ${((Date.now() - at) / 1000).toFixed(1)} s`); },
    ready: (url: string) => console.log(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s: ${url}`),
  };
}
export type Progress = ReturnType<typeof createProgress>;
