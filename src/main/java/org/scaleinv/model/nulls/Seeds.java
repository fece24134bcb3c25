package org.scaleinv.model.nulls;

import java.nio.charset.StandardCharsets;

/** Seeds for independent streams of random numbers: functions of what is drawn, not of when or by which thread. */
public final class Seeds {
  private Seeds() {}

  /** FNV-1a over the purpose, then one round of SplitMix64 (Steele et al. 2014) a number. */
  public static long derive(long seed, String purpose, long... numbers) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = mix(hash ^ mix(seed));
    for (long number : numbers) {
      hash = mix(hash ^ mix(number));
    }
    return hash;
  }

  private static long mix(long z) {
    z += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
