// PROVISIONAL
import Docker from 'dockerode';
export async function connectEngine(_config: unknown, _progress: unknown): Promise<Docker> { return new Docker(); }
