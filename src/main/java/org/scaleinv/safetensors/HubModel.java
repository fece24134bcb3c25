package org.scaleinv.safetensors;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.Escape;

/**
 * A model named as {@code hf:org/name[@revision]}, or {@code hf:name} for the oldest ones.
 *
 * @param revision a branch, a tag, a commit or its beginning; main without one
 */
record HubModel(String id, Optional<String> revision) {
  static final String SCHEME = "hf:";

  private static final Pattern FORM =
      Pattern.compile("hf:((?:[\\w.-]+/)?[\\w.-]+)(?:@([\\w.-]+(?:/[\\w.-]+)*))?");

  static HubModel parse(String location) {
    Matcher matcher = FORM.matcher(location);
    // "..", as part of a name too, is refused by the hub itself; here it would leave the cache.
    if (!matcher.matches() || location.contains("..")) {
      throw new BadInput("hub-name", Escape.quoted(location) + ": expected hf:org/name or hf:org/name@revision");
    }
    return new HubModel(matcher.group(1), Optional.ofNullable(matcher.group(2)));
  }

  /** Tells how to bring the model into the cache. */
  String download() {
    return "fetch it with: hf download " + id + revision.map(name -> " --revision " + name).orElse("");
  }

  @Override
  public String toString() {
    return SCHEME + id + revision.map(name -> "@" + name).orElse("");
  }
}
