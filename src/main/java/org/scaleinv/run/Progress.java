package org.scaleinv.run;

/** Hears how far a run has come. Called from several threads at once. */
public interface Progress {
  /** Something a user should know beside the result. */
  void note(String line);

  /** Says how much work there is, in the unit of {@link #advance}; before the first of it is done. */
  void expect(double cost);

  /** Some of the work turned out not to be needed. */
  void skip(double cost);

  /** Says what is worked on from here on. */
  void stage(String what);

  /** More work is done. */
  void advance(double cost);

  /** Hears nothing. */
  Progress NONE = new Progress() {
    @Override
    public void note(String line) {}

    @Override
    public void expect(double cost) {}

    @Override
    public void skip(double cost) {}

    @Override
    public void stage(String what) {}

    @Override
    public void advance(double cost) {}
  };
}
