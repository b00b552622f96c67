/** The home page: links can be copied. */

import { copying } from "conferences/ui/copy.js";

copying();
