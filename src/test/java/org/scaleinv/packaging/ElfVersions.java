package org.scaleinv.packaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads the symbol versions that a 64-bit little-endian ELF library requires of others, from its
 * {@code SHT_GNU_verneed} section (System V ABI; Linux Standard Base, "Symbol Versioning").
 */
final class ElfVersions {
  private static final int SHT_GNU_VERNEED = 0x6ffffffe;

  private final ByteBuffer elf;

  private ElfVersions(byte[] library) {
    elf = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN);
    if (elf.getInt(0) != 0x464c457f || elf.get(4) != 2 || elf.get(5) != 1) {
      throw new IllegalArgumentException("not a 64-bit little-endian ELF file");
    }
  }

  /** Every required version, such as {@code GLIBC_2.17}, of whatever library it is asked. */
  static SortedSet<String> requiredBy(byte[] library) {
    return new ElfVersions(library).required();
  }

  private SortedSet<String> required() {
    var versions = new TreeSet<String>();
    long sections = elf.getLong(0x28);
    int sectionSize = elf.getShort(0x3a);
    int sectionCount = elf.getShort(0x3c);
    for (int i = 0; i < sectionCount; i++) {
      int header = Math.toIntExact(sections + (long) i * sectionSize);
      if (elf.getInt(header + 4) == SHT_GNU_VERNEED) {
        int strings = Math.toIntExact(sections + (long) elf.getInt(header + 40) * sectionSize);
        collect(offset(header), elf.getInt(header + 44), offset(strings), versions);
      }
    }
    return versions;
  }

  private int offset(int sectionHeader) {
    return Math.toIntExact(elf.getLong(sectionHeader + 24));
  }

  /** Walks the libraries at {@code need}, and of each the versions asked of it. */
  private void collect(int need, int libraries, int strings, SortedSet<String> versions) {
    for (int i = 0; i < libraries; i++) {
      int count = elf.getShort(need + 2);
      int version = need + elf.getInt(need + 8);
      for (int j = 0; j < count; j++) {
        versions.add(string(strings + elf.getInt(version + 8)));
        version += elf.getInt(version + 12);
      }
      need += elf.getInt(need + 12);
    }
  }

  private String string(int start) {
    int end = start;
    while (elf.get(end) != 0) {
      end++;
    }
    return new String(elf.array(), start, end - start, StandardCharsets.US_ASCII);
  }
}
