package org.scaleinv.invariant;

import java.util.List;
import java.util.Optional;
import org.scaleinv.engine.Engine;
import org.scaleinv.model.Checkpoint;

/** A family of invariants: turns a model into work, and the findings into the rows for roles and the model. */
public interface InvariantFamily {
  /** "spectral". */
  String id();

  /** Every invariant of the family, in the order of its rows, as far as settings do not add to them. */
  List<InvariantInfo> invariants();

  /** One invariant by id, those that settings may add among them; empty where the family has none of that id. */
  default Optional<InvariantInfo> invariant(String id) {
    return invariants().stream().filter(info -> info.id().equals(id)).findFirst();
  }

  List<Work> work(Checkpoint model, Settings settings);

  /** Settings under which the models of a family give values that can be compared. */
  default Settings agreed(List<Checkpoint> family, Settings settings, Engine engine, int threads) {
    return settings;
  }

  /** Rows for roles and for the model, from the measurements of all parts in the order of {@link #work}. */
  List<Measurement> summarise(Checkpoint model, List<Findings> parts, Settings settings);
}
