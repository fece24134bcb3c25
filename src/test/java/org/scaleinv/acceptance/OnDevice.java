package org.scaleinv.acceptance;

import java.util.Arrays;
import java.util.List;
import org.scaleinv.engine.CheckedDistancesContract;
import org.scaleinv.engine.CorrelationContract;
import org.scaleinv.engine.DistancesContract;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.PersistenceBruteForce;
import org.scaleinv.engine.PersistenceDegenerate;
import org.scaleinv.engine.PersistenceEquivariance;
import org.scaleinv.engine.PersistenceLimits;
import org.scaleinv.engine.PersistenceRepresentatives;
import org.scaleinv.engine.PersistenceSpaces;
import org.scaleinv.engine.SpectraContract;
import org.scaleinv.engine.SpectrumReaderContract;
import org.scaleinv.engine.WideningContract;

/** The contracts that every engine keeps, on the device under test; a process runs one of them. */
final class OnDevice {
  private OnDevice() {}

  /** Simple names, in alphabetical order. */
  static List<String> contracts() {
    return Arrays.stream(OnDevice.class.getDeclaredClasses()).map(Class::getSimpleName).sorted().toList();
  }

  static class Widening extends WideningContract {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }
  }

  static class Spectra extends SpectraContract {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }

    @Override
    protected int[] largeOrders() {
      return DeviceUnderTest.isEmulated() ? new int[] {97, 129} : super.largeOrders();
    }
  }

  static class SpectrumReader extends SpectrumReaderContract {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }

    @Override
    protected int several() {
      return DeviceUnderTest.isEmulated() ? 66 : super.several();
    }
  }

  static class CheckedDistances extends CheckedDistancesContract {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }
  }

  /** Sizes around sides of tiles; on a real device also enough tiles for all of its multiprocessors. */
  static class Distances extends DistancesContract {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }

    @Override
    protected int[] counts() {
      return DeviceUnderTest.isEmulated() ? new int[] {1, 65} : new int[] {1, 3, 63, 64, 65, 129, 1025};
    }

    @Override
    protected int[] dimensions() {
      return DeviceUnderTest.isEmulated()
          ? new int[] {1, 20}
          : new int[] {1, 3, 4, 7, 8, 9, 16, 67, 257, 768};
    }

    @Override
    protected int several() {
      return DeviceUnderTest.isEmulated() ? 140 : 1500;
    }
  }

  static class Correlation extends CorrelationContract {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }

    @Override
    protected int[] counts() {
      return DeviceUnderTest.isEmulated() ? new int[] {1, 65} : new int[] {1, 2, 3, 31, 64, 65, 129, 1025};
    }

    @Override
    protected int[] samples() {
      return DeviceUnderTest.isEmulated() ? new int[] {2, 17} : new int[] {2, 3, 8, 17, 33, 257, 768};
    }

    @Override
    protected int several() {
      return DeviceUnderTest.isEmulated() ? 140 : 1500;
    }
  }

  static class HomologyBruteForce extends PersistenceBruteForce {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }

    @Override
    protected int several(int dimension) {
      return DeviceUnderTest.isEmulated() ? new int[] {0, 20, 14, 10}[dimension] : super.several(dimension);
    }
  }

  static class HomologyDegenerate extends PersistenceDegenerate {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }
  }

  static class HomologyEquivariance extends PersistenceEquivariance {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }

    @Override
    protected int several() {
      return DeviceUnderTest.isEmulated() ? 20 : 150;
    }
  }

  static class HomologyLimits extends PersistenceLimits {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }

    @Override
    protected int several() {
      return DeviceUnderTest.isEmulated() ? 40 : 150;
    }
  }

  static class HomologyRepresentatives extends PersistenceRepresentatives {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }
  }

  static class HomologySpaces extends PersistenceSpaces {
    @Override
    protected Engine engine() {
      return DeviceUnderTest.engine();
    }
  }
}
