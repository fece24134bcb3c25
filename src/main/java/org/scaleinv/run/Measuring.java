package org.scaleinv.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.engine.Engine;
import org.scaleinv.error.Escape;
import org.scaleinv.family.ModelDiagrams;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.InvariantFamilies;
import org.scaleinv.invariant.InvariantFamily;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Work;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.Checkpoints;
import org.scaleinv.model.OpenCheckpoint;
import org.scaleinv.report.ArraysFile;
import org.scaleinv.report.SettingsForm;

/**
 * Measures models, one after the other, each on all threads. Results depend on the model, the settings and the engine,
 * never on the number of threads.
 *
 * <p>Not safe for use by several threads at once. Does not own the engine.
 */
public final class Measuring {
  /** Stands for the digest of weights that nobody will look for again. */
  private static final String NOT_HASHED = "";

  private final Engine engine;
  private final Settings settings;
  private final int threads;
  private final Progress progress;

  public Measuring(Engine engine, Settings settings, int threads, Progress progress) {
    this.engine = engine;
    this.settings = settings;
    this.threads = threads;
    this.progress = progress;
  }

  private Measured measure(ModelPlan plan, String knownDigest) {
    try (OpenCheckpoint open = opened(plan.location())) {
      return measure(open, knownDigest);
    }
  }

  /**
   * A profile to look at and let go: without the model's digest, which would read and hash every byte, a tenth of the
   * time of the spectral family without nulls. Nothing is written.
   */
  public Profile glance(ModelPlan plan) {
    progress.skip(ModelPlan.hashingCost(plan.bytesRead()));
    return measure(plan, NOT_HASHED).profile();
  }

  /**
   * The model's profile in a folder: the one that lies there if it holds, else measured and written.
   *
   * @param folder null to write nothing
   * @throws org.scaleinv.error.UsageError when the folder cannot take it
   */
  public Profile profile(ModelPlan plan, Path folder) {
    return measured(plan, folder).profile();
  }

  /** The same with the model's persistence diagrams. */
  public ModelDiagrams withDiagrams(ModelPlan plan, Path folder) {
    Measured measured = measured(plan, folder);
    return ModelDiagrams.of(measured.profile(), measured.arrays());
  }

  private Measured measured(ModelPlan plan, Path folder) {
    if (folder == null) {
      return measure(plan, null);
    }
    Outputs.prepare(folder);
    ProfileFolder profiles = new ProfileFolder(folder, progress);
    try (OpenCheckpoint open = opened(plan.location())) {
      profiles.requireNoFileOf(open.checkpoint());
      Optional<Profile> stored = profiles.stored().filter(p -> hasEqualTerms(p, open.checkpoint(), profiles));
      if (stored.isEmpty()) {
        return written(profiles, measure(open, null));
      }
      String digest = open.digest(threads);
      if (stored.get().model().digest().equals(digest)) {
        profiles.restoreCsv(stored.get());
        progress.skip(plan.cost());
        progress.note("reused " + profiles.name());
        return profiles.withDiagrams(stored.get());
      }
      progress.note(profiles.name() + " is of other weights: measuring again");
      progress.skip(ModelPlan.hashingCost(plan.bytesRead()));
      return written(profiles, measure(open, digest));
    }
  }

  private static Measured written(ProfileFolder profiles, Measured measured) {
    profiles.write(measured);
    return measured;
  }

  private OpenCheckpoint opened(String location) {
    OpenCheckpoint open = Checkpoints.open(location);
    open.warnings().forEach(progress::note);
    progress.stage(Escape.visible(open.checkpoint().name()));
    return open;
  }

  /** Whether a profile was measured in the same way on a model that is read in the same way. */
  private boolean hasEqualTerms(Profile stored, Checkpoint model, ProfileFolder folder) {
    boolean equal = stored.engine().equals(engine.name())
        && SettingsForm.of(stored.settings()).equals(SettingsForm.of(settings))
        && Version.current().equals(stored.provenance().get("version"))
        && Summaries.of(model, stored.model().path(), stored.model().digest()).equals(stored.model());
    if (!equal) {
      progress.note(folder.name() + " is of another model, version or other settings: measuring again");
    }
    return equal;
  }

  private Measured measure(OpenCheckpoint open, String knownDigest) {
    Instant started = Instant.now();
    DeviceUse before = DeviceUse.of(engine);
    Checkpoint model = open.checkpoint();
    List<Part> parts = parts(model);
    List<Job> jobs = new ArrayList<>(parts.stream().map(this::job).toList());
    String[] digest = {knownDigest};
    if (knownDigest == null) {
      double cost = ModelPlan.hashingCost(ModelPlan.bytes(model));
      jobs.add(new Job("digest", cost, 0, share -> digest[0] = open.digest(share)));
    }
    new Scheduler(threads, Machine.memory()).run(jobs, progress::advance);
    return assemble(open, parts, digest[0], provenance(open.warnings(), started, before));
  }

  /** One part of a family's work and, once it is measured, its findings. */
  private static final class Part {
    final InvariantFamily family;
    final Work work;
    Findings findings;

    Part(InvariantFamily family, Work work) {
      this.family = family;
      this.work = work;
    }
  }

  private List<Part> parts(Checkpoint model) {
    List<Part> parts = new ArrayList<>();
    for (String id : settings.families()) {
      InvariantFamily family = InvariantFamilies.named(id);
      family.work(model, settings).forEach(work -> parts.add(new Part(family, work)));
    }
    return parts;
  }

  private Job job(Part part) {
    Work work = part.work;
    return new Job(
        work.subject(), work.flops(), work.bytes(), share -> part.findings = work.measure(engine, share));
  }

  private Measured assemble(OpenCheckpoint open, List<Part> parts, String digest,
      SortedMap<String, Object> provenance) {
    Checkpoint model = open.checkpoint();
    List<Measurement> measurements = new ArrayList<>();
    List<Unmeasured> unmeasured = new ArrayList<>();
    SortedMap<String, Array> arrays = new TreeMap<>();
    for (Part part : parts) {
      measurements.addAll(part.findings.measurements());
      unmeasured.addAll(part.findings.unmeasured());
      part.findings.arrays().forEach((name, values) -> addArray(arrays, name, values));
    }
    for (String id : settings.families()) {
      InvariantFamily family = InvariantFamilies.named(id);
      List<Findings> findings = parts.stream().filter(p -> p.family == family).map(p -> p.findings).toList();
      measurements.addAll(family.summarise(model, findings, settings));
    }
    model.unplaced().forEach(tensor -> unmeasured.add(new Unmeasured(tensor.tensor(), tensor.reason())));
    Profile profile = new Profile(
        Summaries.of(model, model.path().toString(), digest),
        engine.name(),
        settings,
        ArraysFile.digest(arrays),
        provenance,
        List.copyOf(unmeasured),
        List.copyOf(measurements));
    return new Measured(profile, arrays);
  }

  private static void addArray(SortedMap<String, Array> arrays, String name, Array values) {
    if (arrays.put(name, values) != null) {
      throw new IllegalStateException("two arrays are called " + name);
    }
  }

  private SortedMap<String, Object> provenance(List<String> warnings, Instant started, DeviceUse before) {
    DeviceUse use = DeviceUse.of(engine).since(before);
    SortedMap<String, Object> provenance = Provenance.since(started, threads);
    provenance.put("launches", use.launches());
    provenance.put("handed_to_cpu", use.handedToCpu());
    provenance.put("warnings", warnings);
    return provenance;
  }
}
