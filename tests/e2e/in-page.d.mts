export function textsOutsideOfCatalogue(): string[];
export function cutOff(): string[];
export function unseenFocus(): string | null;
