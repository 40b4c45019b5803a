export const base = "/__base__/";
