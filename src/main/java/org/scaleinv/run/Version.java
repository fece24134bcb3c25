package org.scaleinv.run;

/** The version of this program; held equal to the one in pom.xml by a test. */
public final class Version {
  public static final String CURRENT = "0.1.0";

  private Version() {}
}
