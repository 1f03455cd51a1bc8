// Whether Docker Hub can be reached from here.

/** True when Docker Hub's registry answers as it does to a stranger; false after any failure or `timeoutMs`. */
export async function probeDockerHub(timeoutMs = 3000): Promise<boolean> {
  try {
    const answer = await fetch('https://registry-1.docker.io/v2/', {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
    });
    await answer.body?.cancel();
    return answer.status === 200 || answer.status === 401;
  } catch {
    return false;
  }
}
