package org.scaleinv.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.scaleinv.invariant.CloudSettings;
import org.scaleinv.invariant.Settings;

/** The settings of a measurement as they stand in files. Two settings with equal forms give equal measurements. */
public final class SettingsForm {
  private SettingsForm() {}

  public static Map<String, Object> of(Settings settings) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("families", settings.families());
    form.put("select", settings.select() == null ? null : settings.select().pattern());
    form.put("null", settings.nullModel().name().toLowerCase(Locale.ROOT));
    form.put("null_draws", settings.nullDraws());
    form.put("seed", settings.seed());
    form.put("solver", settings.solver().name().toLowerCase(Locale.ROOT));
    if (settings.clouds() != null) {
      form.put("clouds", clouds(settings.clouds()));
    }
    return form;
  }

  private static Map<String, Object> clouds(CloudSettings settings) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("dimension", settings.dimension());
    form.put("points", settings.points());
    form.put("subsamples", settings.subsamples());
    form.put("tokens", settings.tokens());
    form.put("agreed_points", settings.agreed());
    return form;
  }
}
