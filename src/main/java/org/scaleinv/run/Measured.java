package org.scaleinv.run;

import java.util.SortedMap;
import org.scaleinv.family.Profile;
import org.scaleinv.invariant.Array;

/**
 * A model's profile with its arrays.
 *
 * @param arrays by name: the content of arrays.safetensors, whose digest the profile holds; of a profile that was
 *     measured earlier the diagrams alone
 */
public record Measured(Profile profile, SortedMap<String, Array> arrays) {}
