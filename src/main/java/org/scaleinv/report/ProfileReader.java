package org.scaleinv.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.scaleinv.engine.Solver;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;
import org.scaleinv.error.Reason;
import org.scaleinv.family.Profile;
import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.invariant.CloudSettings;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;

/** Reads profile.json. Every field of the format has to be there with its type; further fields are passed over. */
public final class ProfileReader {
  private static final ObjectMapper MAPPER = new ObjectMapper()
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ProfileReader() {}

  /**
   * @throws BadInput rule "no-such-profile", "profile-unreadable", "profile-not-json", "profile-format" (another
   *     format or version of it), or "profile-field" with the place of the field
   */
  public static Profile read(Path file) {
    JsonFields root = new JsonFields(file, "", tree(file));
    String format = root.text("format");
    if (!format.equals(ProfileFiles.FORMAT)) {
      throw new BadInput(
          "profile-format",
          Escape.visible(file.toString()) + ": expected format \"" + ProfileFiles.FORMAT + "\", found "
              + Escape.quoted(format));
    }
    return new Profile(
        model(root.object("model")),
        root.object("engine").text("name"),
        settings(root.object("settings")),
        root.text("arrays"),
        root.object("provenance").tree(),
        root.list("unmeasured", f -> new Unmeasured(f.text("subject"), f.text("reason"))),
        root.list("measurements", ProfileReader::measurement));
  }

  private static JsonNode tree(Path file) {
    try (var in = Files.newInputStream(file)) {
      return MAPPER.readTree(in);
    } catch (NoSuchFileException missing) {
      throw new BadInput("no-such-profile", Escape.visible(file.toString()) + ": no such file", missing);
    } catch (JsonProcessingException broken) {
      var at = broken.getLocation();
      throw new BadInput(
          "profile-not-json",
          Escape.visible(file.toString()) + ": expected JSON, found an error at line " + at.getLineNr() + ", column "
              + at.getColumnNr(),
          broken);
    } catch (IOException failure) {
      throw new BadInput(
          "profile-unreadable", Escape.visible(file.toString()) + ": cannot be read: " + Reason.of(failure), failure);
    }
  }

  private static ModelSummary model(JsonFields model) {
    return new ModelSummary(
        model.text("name"),
        model.text("path"),
        model.text("architecture"),
        model.integer("parameters"),
        model.integer("parameters_without_embeddings"),
        model.smallOrNull("width"),
        model.smallOrNull("depth"),
        model.smallOrNull("heads"),
        model.text("scale"),
        model.text("digest"));
  }

  private static Settings settings(JsonFields settings) {
    return new Settings(
        settings.texts("families"),
        settings.parsedOrNull("select", "a regular expression", ProfileReader::pattern),
        settings.constant("null", NullModel.class),
        settings.small("null_draws"),
        settings.integer("seed"),
        settings.constant("solver", Solver.class),
        settings.objectIfAny("clouds").map(ProfileReader::clouds).orElse(null));
  }

  private static CloudSettings clouds(JsonFields clouds) {
    return new CloudSettings(
        clouds.small("dimension"),
        clouds.small("points"),
        clouds.small("subsamples"),
        clouds.smallsOrNull("tokens"),
        clouds.object("agreed_points").smalls());
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException broken) {
      return null;
    }
  }

  private static Measurement measurement(JsonFields row) {
    return new Measurement(
        row.text("invariant"),
        row.constant("scope", Scope.class),
        row.text("subject"),
        row.text("role"),
        row.smallOrNull("layer"),
        row.smallOrNull("head"),
        row.numberOrNull("value"),
        row.numberOrNull("error"),
        row.numberOrNull("null"),
        row.numberOrNull("null_ratio"),
        row.object("detail").tree());
  }
}
